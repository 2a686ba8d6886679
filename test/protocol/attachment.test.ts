import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {ATTACHMENT_LIMITS, parseAttachments} from '../../src/protocol/attachment.js';
import type {Attachment} from '../../src/protocol/attachment-types.js';
import {
  anything,
  belowProto,
  HOSTILE_RUNS,
  keepingPrototypes,
  objectWith,
  ODD_VALUES,
} from './hostile.js';

const PATH = '/file-upload/f-1/x%20y.png';
const LINK = 'https://chat.example.com/channel/general?msg=m-0';
const read = (...given: unknown[]): readonly Attachment[] => parseAttachments(given);
/** What an upload of a picture is. Source: core typings, ImageAttachmentProps. */
const IMAGE = {
  type: 'file',
  title: 'x y.png',
  title_link: PATH,
  title_link_download: true,
  image_url: PATH,
  image_type: 'image/png',
  image_size: 1234,
  image_dimensions: {width: 640, height: 480},
  description: 'A *cat*',
  descriptionMd: [{type: 'PARAGRAPH', value: []}],
};
const IMAGE_READ = {
  type: 'image',
  title: 'x y.png',
  description: 'A *cat*',
  descriptionMd: IMAGE.descriptionMd,
  url: PATH,
  size: 1234,
  mediaType: 'image/png',
  width: 640,
  height: 480,
};
const QUOTE = {
  message_link: LINK,
  author_name: 'alice',
  author_icon: '/avatar/alice',
  text: 'Hello',
  md: [{type: 'PARAGRAPH', value: []}],
  ts: {$date: 5},
};
const QUOTE_READ = {
  type: 'quote',
  author: 'alice',
  text: 'Hello',
  md: QUOTE.md,
  time: 5,
  link: LINK,
  messageId: 'm-0',
  room: 'channel/general',
  attachments: [],
};
/** What has nothing but `fields`. */
const other = (fields: object): object => ({
  type: 'other',
  title: '',
  text: '',
  author: '',
  fields: [],
  attachments: [],
  ...fields,
});

describe('parseAttachments', () => {
  it('reads a picture with what is shown before it is there', () => {
    expect(read(IMAGE)).to.deep.equal([IMAGE_READ]);
  });

  it('reads sound, film and any other file', () => {
    const size = {title: 'a', size: 3};
    expect(
      read(
        {
          ...size,
          type: 'file',
          audio_url: '/file-upload/a',
          audio_type: 'audio/mpeg',
          audio_size: 7,
        },
        {...size, type: 'file', video_url: '/file-upload/v'},
        {...size, type: 'file', title_link: '/file-upload/p', format: 'PDF'},
      ),
    ).to.deep.equal([
      {
        type: 'file',
        title: 'a',
        url: '/file-upload/a',
        size: 7,
        mediaType: 'audio/mpeg',
      },
      {type: 'file', title: 'a', url: '/file-upload/v', size: 3},
      {type: 'file', title: 'a', url: '/file-upload/p', size: 3},
    ]);
  });

  it('calls a file by its address where it has no name', () => {
    const file = {type: 'file', title_link: PATH, title: '\u200b'};
    expect(read(file)).to.have.nested.property('[0].title', 'x y.png');
    const odd = {...file, title_link: '/file-upload/f/%ff'};
    expect(read(odd)).to.have.nested.property('[0].title', '%ff');
    expect(read({...file, title_link: '/avatar/'})).to.have.nested.property('[0].title', 'file');
  });

  it('tells of a file that was deleted, or that nothing leads to', () => {
    expect(read({type: 'removed-file', title: 'a'})).to.deep.equal([{type: 'gone', title: 'a'}]);
    expect(read({type: 'file', title_link: 'javascript:x'})).to.deep.equal([
      {type: 'gone', title: ''},
    ]);
  });

  it('takes no address but of the web, and of the workspace', () => {
    const {image_url: _, ...rest} = IMAGE;
    for (const url of [
      'javascript:x',
      'data:image/svg+xml,x',
      '//x/\\',
      '/a/../b',
      'mailto:a@b.example',
      7,
    ])
      expect(read({...rest, image_url: url})).to.deep.equal(read(rest));
    const elsewhere = {image_url: 'https://i.example/x.png'};
    expect(read(elsewhere)).to.deep.equal([
      {type: 'image', title: 'x.png', url: 'https://i.example/x.png'},
    ]);
    expect(read({...QUOTE, message_link: 'javascript:x'})).to.deep.equal([
      other({author: 'alice', text: 'Hello', md: QUOTE.md}),
    ]);
  });

  it('takes no other path of the workspace than those of files, which would be asked for as the user', () => {
    for (const path of ['/file-upload/f/x.png', '/avatar/alice', '/ufs/FileSystem:Uploads/f/x.png'])
      expect(read({image_url: path})).to.have.nested.property('[0].url', path);
    for (const path of [
      '/api/v1/logout?x=/file-upload/f',
      '/file-upload',
      '/file-uploads/f/x.png',
      '/sso/file-upload/f/x.png',
      '/file-upload/../api/v1/me',
      '/file-upload/%2E%2e/api/v1/me',
      '/file-upload/..%2fapi/v1/me',
      '/avatar/..%5Capi/v1/me',
    ]) {
      expect(read({image_url: path})).to.deep.equal([]);
      expect(read({audio_url: path}, {video_url: path})).to.deep.equal([]);
      const file = {type: 'file', title: 'x', title_link: path};
      expect(read(file)).to.deep.equal([{type: 'gone', title: 'x'}]);
    }
  });

  it('leaves out sizes that are none', () => {
    const {size: _, mediaType: __, width: ___, height: ____, ...least} = IMAGE_READ;
    const odd = {image_size: -1, image_type: 'x"', image_dimensions: {width: 1}};
    expect(read({...IMAGE, ...odd})).to.deep.equal([least]);
  });

  it('reads a quoted message, and those that it quotes, to a depth', () => {
    expect(read(QUOTE)).to.deep.equal([QUOTE_READ]);
    const within = (depth: number): object => ({
      ...QUOTE,
      ...(depth > 0 && {attachments: [within(depth - 1), IMAGE]}),
    });
    let [quote] = read(within(10));
    let levels = 0;
    for (; quote?.type === 'quote' && quote.attachments.length > 0; levels++) {
      expect(quote.attachments[1]).to.deep.equal(IMAGE_READ);
      [quote] = quote.attachments;
    }
    expect(levels).to.equal(ATTACHMENT_LIMITS.depth);
  });

  it('reads what an integration writes', () => {
    const given = {
      title: 'Build 7',
      title_link: 'https://ci.example/7',
      pretext: 'Look',
      text: '*Done*',
      author_name: 'CI',
      color: 'red; background: url(x)',
      thumb_url: 'https://ci.example/x.png',
      fields: [{title: 'Time', value: '3 s', short: true}, {}, 7],
      image_url: 'https://ci.example/chart.png',
      actions: [{type: 'button', url: 'javascript:x'}],
    };
    const image = {type: 'image', title: 'Build 7', url: 'https://ci.example/chart.png'};
    expect(read(given)).to.deep.equal([
      other({
        title: 'Build 7',
        text: 'Look\n*Done*',
        author: 'CI',
        link: 'https://ci.example/7',
        fields: [{title: 'Time', value: '3 s'}],
        attachments: [image],
      }),
    ]);
  });

  it('reads nothing where there is nothing to show', () => {
    for (const odd of ODD_VALUES) {
      expect(parseAttachments(odd)).to.deep.equal([]);
      expect(read(odd)).to.deep.equal([]);
    }
    expect(read({color: 'red'}, {fields: []}, {title: '\u200b'}, {thumb_url: 'x'})).to.deep.equal(
      [],
    );
    expect(keepingPrototypes(() => read(belowProto(IMAGE)))).to.deep.equal([]);
  });

  it('reads a few of very many, and the beginning of very long texts', () => {
    expect(parseAttachments(Array(10_000).fill(IMAGE))).to.have.length(ATTACHMENT_LIMITS.message);
    expect(parseAttachments(new Array(1e9))).to.deep.equal([]);
    const [quote] = read({...QUOTE, attachments: Array(10_000).fill(QUOTE)});
    expect(quote).to.have.property('attachments').with.length(ATTACHMENT_LIMITS.inner);
    const long = 'x'.repeat(1e6);
    expect(read({text: long, fields: Array(1e4).fill({value: long})})[0])
      .to.have.property('fields')
      .with.length(ATTACHMENT_LIMITS.fields);
    expect(read({text: long})).to.have.nested.property('[0].text', 'x'.repeat(20_000));
    expect(read({...QUOTE, text: 'a\u202eb\0'})).to.have.nested.property('[0].text', 'ab');
  });

  it('ends where one holds itself', () => {
    const self: Record<string, unknown> = {...QUOTE};
    self['attachments'] = Array(20).fill(self);
    let quotes = 0;
    const count = (each: Attachment): void => {
      quotes++;
      if ('attachments' in each) each.attachments.forEach(count);
    };
    read(self).forEach(count);
    expect(quotes).to.equal(1 + 5 + 25 + 125);
  });

  it('never throws, and gives no address but of the web and of the workspace', () => {
    const names = [
      ...['type', 'title', 'title_link', 'text', 'pretext', 'md', 'ts', 'fields', 'attachments'],
      ...['image_url', 'image_type', 'image_size', 'image_dimensions', 'audio_url'],
      ...['video_url', 'message_link', 'author_name', 'description', 'descriptionMd', 'footer'],
    ];
    const value = fc.oneof(
      anything(),
      fc.constantFrom('file', 'removed-file', PATH, LINK, 'javascript:x', '/a/../b', 'a\u202eb'),
      fc.array(objectWith(['title', 'value', 'text', 'message_link', 'image_url']), {maxLength: 3}),
    );
    let addresses = 0;
    const check = (each: Attachment): void => {
      for (const name of ['url', 'link'] as const) {
        const address = (each as unknown as Record<string, unknown>)[name];
        if (address === undefined) continue;
        addresses++;
        expect(address).to.match(/^(?:\/(?!\/)|https?:\/\/|mailto:)/);
      }

      expect(JSON.stringify(each)).not.to.match(/\u202e/);
      if ('attachments' in each) each.attachments.forEach(check);
    };
    fc.assert(
      fc.property(fc.array(objectWith(names, value), {maxLength: 4}), (given) => {
        const plain = given.map(({md: _, descriptionMd: __, ...rest}) => rest);
        keepingPrototypes(() => parseAttachments(given));
        parseAttachments(plain).forEach(check);
      }),
      HOSTILE_RUNS,
    );
    expect(addresses).to.be.greaterThan(500);
  });
});
