#!/usr/bin/env node
import { run } from './run.js';

// A reader that has gone away (a closed terminal, `| head`) is no reason to end: a network may be running.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const exitCode = await run(process.argv.slice(2));
process.exitCode ||= exitCode;
