import {expect} from '@open-wc/testing';

import {readDialect} from '../../plugin/src/dialect.js';
import {captureConsole} from './fakes.js';

const pageWith = (content?: string): DocumentFragment => {
  const page = new DocumentFragment();
  if (content === undefined) return page;
  const meta = document.createElement('meta');
  meta.name = 'external-chat-dialect';
  meta.content = content;
  page.append(meta);
  return page;
};

describe('readDialect', () => {
  let log: ReturnType<typeof captureConsole>;
  beforeEach(() => (log = captureConsole()));
  afterEach(() => log.restore());

  it('reads the dialect the plugin was packaged with', () => {
    expect(readDialect(pageWith('videoconf'))).to.equal('videoconf');
    expect(readDialect(pageWith('external-chat'))).to.equal('external-chat');
    expect(log.lines).to.deep.equal([]);
  });

  it('is the documented one if the page names none', () => {
    expect(readDialect(pageWith(''))).to.equal('external-chat');
    expect(readDialect(pageWith())).to.equal('external-chat');
    expect(log.lines).to.deep.equal([]);
  });

  it('is the documented one for what is no dialect, with one line', () => {
    for (const wrong of ['Videoconf', 'rocketchat:videoconf/', 'constructor']) {
      expect(readDialect(pageWith(wrong))).to.equal('external-chat');
    }
    expect(log.lines).to.have.length(3);
  });
});
