declare const __VERSION__: string;

/** The version of the package, written in at build time from the root package.json. */
export const VERSION: string = __VERSION__;
