import {expect} from '@open-wc/testing';

import {readOrigins} from '../../plugin/src/origins.js';
import {captureConsole} from './fakes.js';

const pageWith = (content?: string): DocumentFragment => {
  const page = new DocumentFragment();
  if (content === undefined) return page;
  const meta = document.createElement('meta');
  meta.name = 'external-chat-origins';
  meta.content = content;
  page.append(meta);
  return page;
};

describe('readOrigins', () => {
  let log: ReturnType<typeof captureConsole>;
  beforeEach(() => (log = captureConsole()));
  afterEach(() => log.restore());

  it('reads exact origins, separated by white space', () => {
    const page = pageWith(' https://a.example.com\n http://localhost:3000  ');
    expect(readOrigins(page)).to.deep.equal(['https://a.example.com', 'http://localhost:3000']);
    expect(log.lines).to.deep.equal([]);
  });

  it('has none if the page names none', () => {
    expect(readOrigins(pageWith(''))).to.deep.equal([]);
    expect(readOrigins(pageWith())).to.deep.equal([]);
    expect(log.lines).to.deep.equal([]);
  });

  it('drops what is no exact origin, with one line', () => {
    const wrong = [
      'https://a.example.com/',
      'https://A.example.com',
      'https://a.example.com:443',
      'http://a.example.com',
      'https://*.example.com',
      'https://u:p@a.example.com',
      '*',
      'null',
    ];
    const page = pageWith([...wrong, 'https://b.example.com'].join(' '));
    expect(readOrigins(page)).to.deep.equal(['https://b.example.com']);
    expect(log.lines).to.have.length(1);
    expect(log.lines[0]).to.contain('https://a.example.com:443');
  });
});
