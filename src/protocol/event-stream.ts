/** One event of a stream of server-sent events. */
export interface StreamEvent {
  readonly type: string;
  readonly data: string;
}

/** A server that sends more than this without an end of it is not heard any further; UTF-16 code units. */
const MOST = 1_000_000;

/**
 * Reads `text/event-stream`, however it is cut into pieces: the text goes in without its byte order
 * mark, whole events come out. What is not ended when the stream ends was none.
 *
 * Source: html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export class EventStreamParser {
  /** The line that has not ended. */
  #rest = '';
  /** The line of before has ended by a carriage return, to which a line feed may belong. */
  #returned = false;
  #type = '';
  #data = '';
  #id = '';
  #lastId = '';
  #retry: number | undefined;

  /** The id of the latest event, for `Last-Event-ID`; empty if there was none. */
  get lastId(): string {
    return this.#lastId;
  }

  /** After how many ms the server wants to be asked again. */
  get retry(): number | undefined {
    return this.#retry;
  }

  /** @throws {RangeError} an event is too long */
  push(text: string): StreamEvent[] {
    if (!text) return [];
    const told = this.#returned && text.startsWith('\n') ? text.slice(1) : text;
    this.#returned = text.endsWith('\r');
    const lines = told.split(/\r\n?|\n/);
    lines[0] = this.#rest + lines[0]!;
    this.#rest = lines.pop()!;
    const events = lines.flatMap((line) => this.#take(line));
    if (this.#rest.length + this.#data.length > MOST) throw new RangeError('event-stream');
    return events;
  }

  #take(line: string): StreamEvent[] {
    if (!line) return this.#end();
    const [, name, value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line)!;
    if (name === 'event') this.#type = value;
    else if (name === 'data') this.#data += `${value}\n`;
    else if (name === 'id' && !value.includes('\0')) this.#id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) this.#retry = Number(value);
    return [];
  }

  #end(): StreamEvent[] {
    const [type, data] = [this.#type, this.#data];
    this.#lastId = this.#id;
    this.#type = this.#data = '';
    return data ? [{type: type || 'message', data: data.slice(0, -1)}] : [];
  }
}
