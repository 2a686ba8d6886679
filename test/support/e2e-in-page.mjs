// Each of these runs in the page: a driver sends its text there, so that it can use nothing around it.

/** Notes what the policy of the page blocks. To run before the page's own scripts. */
export const noteViolations = () => {
  globalThis.cspViolations = [];
  addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI}) =>
    globalThis.cspViolations.push(`${violatedDirective} blocked ${blockedURI}`),
  );
};

/** Notes what goes to the console as an error or warning, exceptions, and what the policy blocks. */
export const noteProblems = () => {
  const problems = (globalThis.problems = []);
  for (const level of ['error', 'warn']) {
    const log = console[level];
    console[level] = (...args) => {
      problems.push(args.join(' '));
      log.apply(console, args);
    };
  }
  addEventListener('error', ({message}) => problems.push(message));
  addEventListener('unhandledrejection', ({reason}) => problems.push(String(reason)));
  addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI}) =>
    problems.push(`${violatedDirective} blocked ${blockedURI}`),
  );
};

/** Finds the frame at such an address, in whatever shadow tree. */
export const findFrame = (prefix) => {
  const search = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.localName === 'iframe' && element.src.startsWith(prefix)) return element;
      const found = element.shadowRoot && search(element.shadowRoot);
      if (found) return found;
    }
    return null;
  };
  return search(document);
};

/** Makes the page paint for two seconds, without a change that can be seen. */
export const keepPainting = () => {
  const {style} = document.documentElement;
  const timer = setInterval(() => (style.opacity = style.opacity === '1' ? '0.999' : '1'), 50);
  setTimeout(() => {
    clearInterval(timer);
    style.opacity = '';
  }, 2000);
};
