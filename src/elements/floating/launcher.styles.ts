/** Styles of the widget's button. */
export const launcherStyles = `
  :host {
    position: fixed;
    inset-block-end: 1rem;
    inset-inline-end: 1rem;
    z-index: 1000;
  }
  :host([hidden]) {
    display: none;
  }
`;
