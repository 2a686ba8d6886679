#!/usr/bin/env node
import {main} from './command/main.js';

// Not `process.exit()`: what was written is still on its way.
process.exitCode = await main(process.argv.slice(2), process);
