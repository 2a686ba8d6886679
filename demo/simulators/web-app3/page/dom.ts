/** Finds an element of index.html. */
export const byId = <Type extends HTMLElement>(id: string, type: new () => Type): Type => {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new TypeError(`index.html has no such element: ${id}`);
  return found;
};

/** Makes an element with a class and children. */
export const element = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: (string | Node)[]
): HTMLElementTagNameMap[Name] => {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
};

/** A number as people read it: 9,900. */
export const readable = (count: number): string => count.toLocaleString('en');
