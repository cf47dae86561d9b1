#!/usr/bin/env node

const NODE_MAJOR_MIN = 24;

// A reader that has gone away (a closed terminal, `| head`) is no reason to end: a network may be running.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN) {
  process.stderr.write(
    `lading: Node ${NODE_MAJOR_MIN} is needed, this is ${process.version}. Run it through npm (npm start, npx lading): npm ci has installed the right one.\n`,
  );
  process.exitCode = 1;
} else {
  // Loaded only now: an older Node stops at the first line that it does not know, without saying why.
  const { run } = await import('./run.js');
  const exitCode = await run(process.argv.slice(2));
  process.exitCode ||= exitCode;
}
