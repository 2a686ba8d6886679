import type {Language} from './strings/strings.js';

/** Makes an element of the static shadow trees. Attributes only, so that no HTML is ever parsed. */
export const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

/** Sets the text of an element, only if it differs: a live region would repeat it. */
export const setText = (element: Element, text: string): void => {
  if (element.textContent !== text) element.textContent = text;
};

/** The same for a text that is written in `language`, be the page's as it may. */
export const setWords = (element: HTMLElement, text: string, {tag, strings}: Language): void => {
  element.lang = tag;
  element.dir = strings.direction;
  setText(element, text);
};
