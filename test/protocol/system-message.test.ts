import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {parseChatMessage} from '../../src/protocol/chat-message.js';
import {systemFact, type SystemFact} from '../../src/protocol/system-message.js';
import {HOSTILE_RUNS, INHERITED_NAMES} from './hostile.js';

const fact = (fields: object, name = 'Alice'): SystemFact | undefined =>
  systemFact(
    parseChatMessage({
      _id: 'm-1',
      rid: 'GENERAL',
      msg: '',
      ts: {$date: 0},
      u: {_id: 'u-alice', username: 'alice', name},
      ...fields,
    })!,
  );

describe('systemFact', () => {
  it('is none of what people write', () => {
    expect(fact({msg: 'Hi'})).to.equal(undefined);
    expect(fact({t: 'e2e', msg: 'x'})).to.equal(undefined);
  });

  it('tells who did something', () => {
    const kinds = {uj: 'joined', ul: 'left', message_pinned: 'pinned', 'room-archived': 'archived'};
    for (const [t, type] of Object.entries(kinds))
      expect(fact({t, msg: 'alice'})).to.deep.equal({type, actor: 'Alice'});
    expect(fact({t: 'rm', msg: ''})).to.deep.equal({type: 'deleted', actor: 'Alice'});
  });

  it('tells who did something to whom', () => {
    const about = {actor: 'Alice', target: 'bob'};
    expect(fact({t: 'au', msg: 'bob'})).to.deep.equal({type: 'added', ...about});
    expect(fact({t: 'user-muted', msg: 'bob'})).to.deep.equal({type: 'muted', ...about});
    const role = {t: 'subscription-role-added', msg: 'bob', role: 'owner'};
    expect(fact(role)).to.deep.equal({type: 'role-added', ...about, role: 'owner'});
  });

  it('tells what something was changed to, be it to nothing', () => {
    for (const value of ['Weekly', '']) {
      expect(fact({t: 'room_changed_topic', msg: value})).to.deep.equal({
        type: 'topic-changed',
        actor: 'Alice',
        value,
      });
      expect(fact({t: 'r', msg: value})).to.include({type: 'name-changed', value});
    }
    expect(fact({t: 'discussion-created', msg: 'Plan'})).to.include({type: 'discussion'});
  });

  it('falls back on the text of kinds that it does not know, and of those with nobody in them', () => {
    for (const t of ['livechat-close', 'new-kind', 'UJ', ...INHERITED_NAMES])
      expect(fact({t, msg: 'Bye'})).to.deep.equal({
        type: 'unknown',
        actor: 'Alice',
        kind: t,
        text: 'Bye',
      });
    expect(fact({t: 'au', msg: '\u200b'})).to.include({type: 'unknown', kind: 'au'});
  });

  it('makes names and values harmless to look at', () => {
    expect(fact({t: 'uj'}, '\u202e\u200b')).to.include({actor: 'alice'});
    expect(fact({t: 'room_changed_topic', msg: `a\u202eb\0${'x'.repeat(1e6)}`}))
      .to.have.property('value')
      .that.matches(/^abx{1000,1024}$/);
  });

  it('never throws, and always names somebody', () => {
    fc.assert(
      fc.property(fc.string({minLength: 1}), fc.anything(), fc.string(), (t, msg, name) => {
        const told = fact({t, msg}, name);
        if (told) expect(told.actor).to.not.equal('');
      }),
      {...HOSTILE_RUNS, numRuns: 2000},
    );
  });
});
