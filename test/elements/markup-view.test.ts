import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {render} from 'lit';

import type {MarkupContext} from '../../src/elements/native/markup-context.js';
import {markupStyles} from '../../src/elements/native/markup.styles.js';
import {markupView} from '../../src/elements/native/markup-view.js';
import {markupArabic} from '../../src/elements/strings/markup-ar.js';
import {markupEnglish} from '../../src/elements/strings/markup-en.js';
import {parseMarkup} from '../../src/protocol/markup.js';
import {textMarkup} from '../../src/protocol/markup-text.js';
import type {Block, Inline} from '../../src/protocol/markup-types.js';
import {tree} from '../protocol/markup-arbitraries.js';

const CONTEXT: MarkupContext = {
  me: 'alice',
  tag: 'en',
  strings: markupEnglish,
  emoji: (name) => ({smile: '😄', slight_smile: '🙂'})[name],
};
const text = (value: string): Inline => ({type: 'text', text: value});
const line = (...children: Inline[]): Block => ({type: 'paragraph', children});
const link = (href: string, label: string): Inline => ({
  type: 'link',
  href,
  children: [text(label)],
});

describe('markupView', () => {
  let place: HTMLElement;

  const show = (blocks: readonly Block[], context: Partial<MarkupContext> = {}): HTMLElement => {
    render(markupView(blocks, {...CONTEXT, ...context}), place);
    return place.querySelector<HTMLElement>('.markup')!;
  };
  const find = <T extends HTMLElement = HTMLElement>(selector: string): T => {
    const found = place.querySelector<T>(selector);
    if (!found) throw new Error(`There is no ${selector} in ${place.innerHTML}`);
    return found;
  };

  beforeEach(() => {
    place = document.createElement('div');
    const style = document.createElement('style');
    style.textContent = markupStyles;
    document.body.append(place, style);
  });

  afterEach(() => {
    document.body.replaceChildren();
  });

  it('shows text as text, with its lines, and HTML as what was written', () => {
    const html = '<img src=x onerror="window.hit = 1"><script>window.hit = 1</script>&amp;\n  b';
    show([line(text(html))]);
    expect(find('p').textContent).to.equal(html);
    expect(place.querySelector('img, script')).to.equal(null);
    expect(getComputedStyle(find('p')).whiteSpace).to.match(/pre-wrap|preserve/);
  });

  it('shows looks by elements that say what they mean', () => {
    show([
      line(
        {type: 'bold', children: [text('a'), {type: 'italic', children: [text('b')]}]},
        {type: 'strike', children: [text('c')]},
        {type: 'code', text: 'd'},
      ),
      {type: 'code', language: 'js', text: 'x\n  y'},
      {type: 'quote', blocks: [line(text('q'))]},
      {type: 'line-break'},
    ]);
    expect(find('strong > em').textContent).to.equal('b');
    expect(find('s').textContent).to.equal('c');
    expect(find('p > code').textContent).to.equal('d');
    expect(find('pre[dir=ltr] > code').textContent).to.equal('x\n  y');
    expect(find('blockquote > p').textContent).to.equal('q');
  });

  it('makes no heading of the page of a heading of a message', () => {
    show([{type: 'heading', level: 1, children: [text('Title')]}]);
    expect(find('p.level-1 > strong').textContent).to.equal('Title');
    expect(place.querySelector('h1, h2, h3, h4, [role=heading]')).to.equal(null);
    expect(find('p').innerText.trim()).to.equal('Title');
  });

  it('adds no empty lines of its own', () => {
    show([
      {type: 'heading', level: 2, children: [text('a'), {type: 'bold', children: [text('b  c')]}]},
      {type: 'big-emoji', children: [{type: 'emoji', text: '😀'}]},
      {type: 'tasks', items: [{done: true, children: [text('d')]}]},
      line({type: 'channel', name: 'e'}, {type: 'spoiler', children: [text('f')]}),
    ]);
    const shown = ['.heading', '.big-emoji', 'p:last-child'].map((each) => find(each).innerText);
    expect(shown.slice(0, 2)).to.deep.equal(['ab  c', '😀']);
    expect(shown[2]).not.to.match(/^\s|\n/);
    expect(find('li').offsetHeight).to.be.at.most(find('label').offsetHeight + 1);
  });

  it('shows lists with their own numbers, and tasks that cannot be ticked but have names', () => {
    show([
      {type: 'list', ordered: true, items: [{number: 3, children: [text('a')]}, {children: []}]},
      {type: 'list', ordered: false, items: [{children: [text('b')]}]},
      {
        type: 'tasks',
        items: [
          {done: true, children: [text('c')]},
          {done: false, children: []},
        ],
      },
    ]);
    expect(find<HTMLLIElement>('ol > li').value).to.equal(3);
    expect(find('ul:not(.tasks) > li').textContent).to.equal('b');
    const [done, open] = place.querySelectorAll('input');
    expect([done!.checked, done!.disabled, done!.labels![0]!.textContent.trim()]).to.deep.equal([
      true,
      true,
      'c',
    ]);
    expect(open!.checked).to.equal(false);
  });

  it('opens links in a window of their own that learns nothing of this one', () => {
    show([line(link('https://a.example/x', 'Look'))]);
    const {href, target, rel} = find<HTMLAnchorElement>('a');
    expect([href, target, rel]).to.deep.equal([
      'https://a.example/x',
      '_blank',
      'noopener noreferrer',
    ]);
    expect(place.querySelector('.target')).to.equal(null);
  });

  it('shows where a link leads whose label looks like another address', () => {
    show([line(link('https://evil.example/x', 'https://bank.example'))]);
    expect(find('a + .target').textContent).to.equal('(evil.example)');
    expect(find('.target').dir).to.equal('ltr');
  });

  it('marks mentions of the user and of everybody, and leaves others plain', () => {
    const user = (username: string): Inline => ({type: 'user', username});
    show([line(user('alice'), user('all'), user('here'), user('bob'))]);
    const marked = [...place.querySelectorAll('mark.mention')].map((each) => each.textContent);
    expect(marked).to.deep.equal(['@alice', '@all', '@here']);
    expect(find('bdi.mention').textContent).to.equal('@bob');
    show([line(user('alice'))], {me: undefined});
    expect(place.querySelector('mark')).to.equal(null);
  });

  it('opens a room by a button, where that can be done', () => {
    const room = [line({type: 'channel', name: 'general'})];
    show(room);
    expect(place.querySelector('button')).to.equal(null);
    const opened: string[] = [];
    show(room, {openRoom: (name) => opened.push(name)});
    expect(find('button').textContent.trim()).to.equal('#general');
    find('button').click();
    expect(opened).to.deep.equal(['general']);
  });

  it('shows the character of an emoji where its name is known, else what was written', () => {
    show([
      line({type: 'emoji', shortcode: 'smile', text: ':smile:'}, {type: 'emoji', text: '👩‍💻'}),
      {type: 'big-emoji', children: [{type: 'emoji', shortcode: 'party', text: ':party:'}]},
    ]);
    const shown = [...place.querySelectorAll<HTMLElement>('.emoji')];
    expect(shown.map((each) => each.textContent)).to.deep.equal(['😄', '👩‍💻', ':party:']);
    expect(shown.map((each) => each.title)).to.deep.equal([':smile:', '', ':party:']);
  });

  it('shows a color by its code and by itself', () => {
    show([line({type: 'color', red: 1, green: 2, blue: 255, alpha: 255})]);
    expect(find('.color').textContent).to.equal('#0102ff');
    expect(getComputedStyle(find('.swatch')).backgroundColor).to.equal('rgb(1, 2, 255)');
  });

  it('writes points in time as the language does', () => {
    const time = Date.UTC(2026, 10, 21, 12);
    const at = (format: 'D' | 'R', tag: string, when = time): string => {
      show([line({type: 'timestamp', time: when, format})], {tag});
      return find('time').textContent;
    };
    expect(at('D', 'en')).to.equal('November 21, 2026');
    expect(find('time').getAttribute('datetime')).to.equal('2026-11-21T12:00:00.000Z');
    expect(at('D', 'de')).to.equal('21. November 2026');
    expect(at('R', 'en', Date.now() - 3 * 3_600_000)).to.equal('3 hours ago');
    expect(at('R', 'en', Date.now() + 50 * 3_600_000)).to.equal('in 2 days');
    expect(at('R', 'en', 864e13)).to.match(/^in [\d,]+ years$/);
  });

  describe('of what is hidden', () => {
    const hidden = (value: string): Block[] => [
      line(text('a '), {type: 'spoiler', children: [text(value)]}),
    ];

    it('shows it by a button, and hides it again', () => {
      show(hidden('b'));
      const button = find<HTMLButtonElement>('button');
      expect(button.textContent.trim()).to.equal('Hidden text');
      expect(find('.markup').innerText).not.to.contain('b');
      expect(button.getAttribute('aria-expanded')).to.equal('false');
      button.focus();
      button.click();
      expect(find('.revealed').checkVisibility()).to.equal(true);
      expect(button.getAttribute('aria-expanded')).to.equal('true');
      expect(document.activeElement).to.equal(button);
      button.click();
      expect(find('.revealed').checkVisibility()).to.equal(false);
    });

    it('keeps it open when the message is rendered anew, and hides other text', () => {
      show(hidden('b'));
      find('button').click();
      show(hidden('b'));
      expect(find('.revealed').hidden).to.equal(false);
      show(hidden('c'));
      expect(find('.revealed').hidden).to.equal(true);
      expect(find('button').getAttribute('aria-expanded')).to.equal('false');
    });

    it('does the same with whole paragraphs', () => {
      show([{type: 'spoiler', blocks: [line(text('b')), {type: 'code', text: 'c'}]}]);
      expect(find('pre').checkVisibility()).to.equal(false);
      find('button').click();
      expect(find('pre').checkVisibility()).to.equal(true);
    });
  });

  describe('of a picture from elsewhere', () => {
    const picture = (href: string, label = 'A cat'): Block[] => [
      line({type: 'image', href, label}),
    ];

    it('asks no server for it before a click', () => {
      show(picture('https://i.example/x.png'));
      expect(find('button').textContent).to.contain('Show image from i.example');
      expect(find('button').textContent).to.contain('A cat');
      expect(find('img').hasAttribute('src')).to.equal(false);
      expect(find('img').checkVisibility()).to.equal(false);
      expect(performance.getEntriesByName('https://i.example/x.png')).to.have.length(0);
    });

    it('shows it after one, tells its server no address, and keeps the focus', () => {
      const href = `${location.origin}/nothing.png`;
      show(picture(href));
      find('button').focus();
      find('button').click();
      const image = find<HTMLImageElement>('img');
      expect([image.src, image.referrerPolicy, image.alt]).to.deep.equal([
        href,
        'no-referrer',
        'A cat',
      ]);
      expect(document.activeElement).to.equal(find('a'));
      expect(find('button').checkVisibility()).to.equal(false);
    });

    it('asks again for another one', () => {
      show(picture(`${location.origin}/one.png`));
      find('button').click();
      show(picture(`${location.origin}/two.png`));
      expect(find('img').hasAttribute('src')).to.equal(false);
      expect(find('button').checkVisibility()).to.equal(true);
    });

    it('has a name where nobody gave it one', () => {
      show(picture('https://i.example/x.png', ''));
      expect(find<HTMLImageElement>('img').alt).to.equal('Image from i.example');
    });
  });

  it('says that there is more, in the language of the pane', () => {
    show([line(text('a')), {type: 'cut'}], {strings: markupArabic});
    expect(find('.cut').textContent).to.equal(markupArabic.markupCut);
  });

  it('lets each paragraph have the direction of its first letters', () => {
    show([
      line(text('مرحبا')),
      line({type: 'user', username: 'bob'}, text(' مرحبا')),
      line(text('Hi')),
    ]);
    const directions = [...place.querySelectorAll('p')].map(
      (each) => getComputedStyle(each).direction,
    );
    expect(directions).to.deep.equal(['rtl', 'rtl', 'ltr']);
  });

  it('puts the marks of a list where its text begins, whatever the direction of the pane', () => {
    place.dir = 'rtl';
    show([{type: 'list', ordered: false, items: [{children: [text('a')]}]}]);
    const {left} = find('li').getBoundingClientRect();
    expect(left - place.getBoundingClientRect().left).to.be.greaterThan(10);
  });

  it('stays within a narrow pane, long words and code too', () => {
    place.style.inlineSize = '200px';
    const long = 'x'.repeat(500);
    show([
      line(text(long)),
      line({type: 'code', text: long}, link(`https://a.example/${long}`, long)),
      {type: 'code', text: long},
      {type: 'tasks', items: [{done: true, children: [text(long)]}]},
      {type: 'quote', blocks: [line(text(long))]},
      {type: 'heading', level: 1, children: [text(long)]},
    ]);
    expect(find('.markup').scrollWidth).to.be.at.most(200);
    for (const each of place.querySelectorAll('.markup *'))
      expect(each.getBoundingClientRect().right).to.be.at.most(
        place.getBoundingClientRect().right + 1,
      );
  });

  it('makes no element but these of any tree, and nothing in it runs', () => {
    const ALLOWED = new Set(
      [
        'A BDI BLOCKQUOTE BR BUTTON CODE DIV EM IMG INPUT LABEL LI MARK OL P PRE S SPAN STRONG TIME UL',
      ]
        .join()
        .split(' '),
    );
    let made = 0;
    fc.assert(
      fc.property(fc.array(tree(), {maxLength: 8}), (md) => {
        show(parseMarkup(md, 'https://chat.example.com/') ?? [], {openRoom: () => undefined});
        for (const each of place.querySelectorAll('*')) {
          made++;
          expect(ALLOWED).to.include(each.tagName);
          for (const {name, value} of each.attributes) {
            expect(name).not.to.match(/^on|^src/);
            if (name === 'href') expect(value).to.match(/^(?:https?:\/\/|mailto:)/);
          }
        }
      }),
      {numRuns: 600, seed: 20_261_121},
    );
    expect(made).to.be.greaterThan(2000);
    expect((window as unknown as {hit?: unknown}).hit).to.equal(undefined);
  });

  it('shows the text of a message without a tree with the same elements', () => {
    show(textMarkup('Hi https://a.example/x\n\nBye'));
    expect(find('a').textContent).to.equal('https://a.example/x');
    expect([...place.querySelectorAll('p')].map((each) => each.textContent)).to.deep.equal([
      'Hi https://a.example/x',
      'Bye',
    ]);
  });
});
