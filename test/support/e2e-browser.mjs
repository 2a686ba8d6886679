import {openPuppeteer} from './e2e-puppeteer.mjs';
import {openSelenium} from './e2e-selenium.mjs';

const OPENERS = {
  chromium: openPuppeteer,
  firefox: openPuppeteer,
  webkit: openSelenium,
};

/** The browsers to test in, one after another: `BROWSERS` in the environment, or all three. */
export const BROWSERS = (process.env.BROWSERS ?? 'chromium,firefox,webkit').split(',');

/**
 * A document as a person meets it: a page, or a frame in it. Controls go by their accessible name.
 * Whatever has to wait gives up after a minute.
 *
 * @typedef {object} Scope
 * @property {(name: string) => Promise<void>} click waits for the control, and presses it
 * @property {(name: string, text: string) => Promise<void>} fill puts the focus there, and types
 * @property {(name: string, option: string) => Promise<void>} choose chooses what a list offers
 * @property {(name: string) => Promise<boolean>} has whether there is such a control now
 * @property {(name: string) => Promise<void>} see waits for the control
 * @property {() => Promise<string>} text what can be read
 * @property {(...keys: string[]) => Promise<void>} press presses keys, wherever the focus is: a letter, `Tab`, `Enter`
 * @property {(code: Function | string, ...args: unknown[]) => Promise<any>} evaluate
 * @property {(condition: Function, ...args: unknown[]) => Promise<void>} until waits for a truthy value
 */

/**
 * @typedef {object} OwnOfPage
 * @property {(originPrefix: string) => Scope} inFrame the frame of the page at such an address
 * @property {() => Promise<string[]>} problems errors and warnings of the console, exceptions, and what the page's policy has blocked
 * @property {() => Promise<void>} front brings the window to the front
 * @property {(offline: boolean) => Promise<void>} setOffline Chromium only
 * @property {(file: string) => Promise<void>} screenshot writes a PNG
 * @property {() => Promise<void>} close
 * @typedef {Scope & OwnOfPage} Page
 *
 * @typedef {object} Browser
 * @property {(url: string, size?: {width?: number, height?: number}) => Promise<Page>} open opens a window
 * @property {() => Promise<void>} close
 */

/**
 * Starts a browser: `chromium`, `firefox` or `webkit`. The colour scheme is that of the browser, as
 * not every driver can set it for a page.
 *
 * @param {string} name
 * @param {{scheme?: 'light' | 'dark', anyCertificate?: boolean, media?: {name: string, value: string}[]}} [options] `anyCertificate`:
 *   takes each, as a person does who has accepted it; `media`: what else the person has set, Chromium only
 * @returns {Promise<Browser>}
 */
export const openBrowser = (name, {scheme = 'light', anyCertificate = false, media} = {}) =>
  OPENERS[name](name, scheme, anyCertificate, media);
