/** `npm run test:sizes` checks what was built; `npm run sizes` writes it into bench/sizes.json. */
import {checkSizes, writeSizes} from './run.mjs';

const isWriting = process.argv.includes('--write');
process.exitCode = (isWriting ? writeSizes() : checkSizes()) ? 0 : 1;
