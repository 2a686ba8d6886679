import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {askRules, parseRules} from '../../src/session/workspace-rules.js';
import {anything, HOSTILE_RUNS, keepingPrototypes, ODD_VALUES} from '../protocol/hostile.js';
import {FakeLiveSession} from './native-session.js';
import {turn} from '../support/turn.js';

const setting = (name: string, value: unknown): object => ({_id: name, value});

describe('parseRules', () => {
  it('reads what a workspace allows', () => {
    const settings = [
      setting('Message_MaxAllowedSize', 200),
      setting('FileUpload_Enabled', true),
      setting('FileUpload_MaxFileSize', 1_000),
      setting('FileUpload_MediaTypeWhiteList', 'image/*'),
      setting('FileUpload_MediaTypeBlackList', 'image/svg+xml'),
      setting('Message_AllowEditing', true),
      setting('Message_AllowEditing_BlockEditInMinutes', 5),
      setting('Message_AllowDeleting', false),
      setting('Message_AllowDeleting_BlockDeleteInMinutes', 7),
      setting('UI_Use_Real_Name', true),
      setting('Site_Name', 'Clinic'),
    ];
    const rules = {
      text: 200,
      files: {enabled: true, size: 1_000, allowed: 'image/*', refused: 'image/svg+xml'},
      edit: 5,
      remove: undefined,
      realNames: true,
    };
    expect(parseRules(settings)).to.deep.equal(rules);
    expect(parseRules({update: settings, remove: []})).to.deep.equal(rules);
  });

  it('takes 0 minutes for any time, and what is missing as Rocket.Chat has it by default', () => {
    const {edit, remove, files, text} = parseRules([
      setting('Message_AllowEditing_BlockEditInMinutes', 0),
    ]);
    expect([edit, remove]).to.deep.equal([Infinity, Infinity]);
    expect(files.enabled).to.equal(true);
    expect(text).to.equal(undefined);
    expect(parseRules([setting('FileUpload_Enabled', false)]).files.enabled).to.equal(false);
  });

  it('takes only what is of the right type', () => {
    for (const odd of ODD_VALUES) {
      const {text, files} = parseRules([
        setting('Message_MaxAllowedSize', odd),
        setting('FileUpload_MaxFileSize', odd),
        setting('FileUpload_MediaTypeWhiteList', odd),
      ]);
      expect(text === undefined || text > 0).to.equal(true);
      expect(['undefined', 'number']).to.include(typeof files.size);
      expect(['undefined', 'string']).to.include(typeof files.allowed);
    }
  });

  it('never throws', () => {
    fc.assert(
      fc.property(anything(), (data) => {
        expect(keepingPrototypes(() => parseRules(data)).files).to.be.an('object');
      }),
      HOSTILE_RUNS,
    );
  });
});

describe('askRules', () => {
  it('asks for the public settings', async () => {
    const session = new FakeLiveSession();
    const asked = askRules(session.api!);
    expect(session.asked[0]).to.include({method: 'public-settings/get'});
    session.asked[0]!.answer([setting('Message_MaxAllowedSize', 9)]);
    await turn();
    expect((await asked).text).to.equal(9);
  });
});
