export { simulate, type SimulationOptions, type SimulationReport } from './world.js';
export { Violation } from './checks.js';
