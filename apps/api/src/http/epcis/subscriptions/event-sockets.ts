import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { EventFeeds, FeedHead, NamedQuery, NamedQueryStore } from '#index';
import { EVENT_FEED, LOGGER, NAMED_QUERIES, WEBHOOKS } from '../../parts.js';
import { ApiProblem } from '../../problem/problem.js';
import { EpcFormats } from '../answers/epc-format.js';
import { epcFormatOf } from '../gs1-headers.js';
import { nextRun, SCHEDULE_FIELDS } from './schedule.js';
import { controlsProblem, readSocketControls, type SubscriptionControls } from './subscription-controls.js';
import { StartPosition } from './start-position.js';
import { subscribedDocument } from './subscribed-document.js';
import { subscribedQuery, type SubscribedQuery } from './subscribed-query.js';
import { WebSocketUpgrades } from './web-socket-upgrades.js';
import type { WebhookOptions } from './webhook-options.js';

/** Of one process. */
const SOCKETS_MAX = 200;
const POLL_MS = 250;
/** Between two looks whether the query is still there, when nothing is to be sent. */
const POLLS_PER_LOOK = 20;
const PING_EVERY_MS = 30_000;
/** The database may be away for so long before clients are sent off to try another node. */
const FAULTS_MAX = 20;
/** The standard's parameters, `perPage`, and where a client that was here before goes on. */
const PARAMETERS: readonly string[] = [
  ...SCHEDULE_FIELDS,
  'stream',
  'reportIfEmpty',
  'initialRecordTime',
  'perPage',
  'from',
];

interface Follower extends SubscribedQuery {
  readonly named: NamedQuery;
  readonly controls: SubscriptionControls;
  readonly epcFormat: ReturnType<typeof epcFormatOf>;
  position: number;
}

/**
 * WebSockets on `/queries/{queryName}/events`. Nothing is kept for a client: it says where to go on. One document is under way at a time,
 * so a slow client slows down nobody but itself.
 */
@Injectable()
export class EventSockets {
  #head: { readonly at: number; readonly value: Promise<FeedHead> } | undefined;

  constructor(
    @Inject(EVENT_FEED) private readonly feed: EventFeeds,
    @Inject(NAMED_QUERIES) private readonly queries: NamedQueryStore,
    @Inject(EpcFormats) private readonly formats: EpcFormats,
    @Inject(StartPosition) private readonly start: StartPosition,
    @Inject(WebSocketUpgrades) private readonly upgrades: WebSocketUpgrades,
    @Inject(WEBHOOKS) private readonly options: Pick<WebhookOptions, 'socketSendTimeoutMs' | 'socketLifeMs'>,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Makes a WebSocket of the request and feeds it until it closes. @throws ApiProblem before anything is upgraded */
  async open(named: NamedQuery, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    assertOwnOrigin(request);
    if (this.upgrades.count >= SOCKETS_MAX)
      throw new ApiProblem('API_TOO_MANY_SOCKETS', `This node feeds ${SOCKETS_MAX} WebSockets already.`, [], {
        'retry-after': '30',
      });
    const follower = await this.follower(named, request);
    const socket = await this.upgrades.accept(request, reply);
    if (socket === undefined) return;
    const closed = new AbortController();
    socket.on('close', () => closed.abort());
    socket.on('error', () => socket.terminate());
    keepAlive(socket, closed.signal);
    this.follow(socket, follower, closed.signal).catch((error: unknown) => {
      if (closed.signal.aborted) return;
      this.log.warn(
        { query: named.name, reason: error instanceof Error ? error.message : String(error) },
        'WebSocket not served',
      );
      socket.close(1011, 'this node cannot serve it now');
    });
  }

  private async follower(named: NamedQuery, request: FastifyRequest): Promise<Follower> {
    const parameters = new Map<string, string>();
    for (const [name, value] of Object.entries(request.query as Readonly<Record<string, unknown>>)) {
      if (!PARAMETERS.includes(name)) throw controlsProblem('', `A WebSocket has no parameter ${name.slice(0, 100)}.`);
      if (typeof value !== 'string') throw controlsProblem('', `${name} stands more than once.`);
      parameters.set(name, value);
    }
    const controls = readSocketControls(parameters);
    const from = wholeNumber('from', parameters.get('from'), 0);
    const perPage = wholeNumber('perPage', parameters.get('perPage'), 1);
    const subscribed = subscribedQuery(named);
    return {
      query: subscribed.query,
      eventsPerDocument: Math.min(perPage ?? subscribed.eventsPerDocument, 1_000),
      named,
      controls,
      epcFormat: epcFormatOf(request),
      position: from ?? (await this.start.positionOf(controls.initialRecordTime)),
    };
  }

  private async follow(socket: WebSocket, follower: Follower, closed: AbortSignal): Promise<void> {
    const times = follower.controls.schedule?.times;
    let due = times === undefined ? undefined : nextRun(times, new Date());
    const endsAt = performance.now() + this.options.socketLifeMs;
    let faults = 0;
    for (let polls = 0; !closed.aborted; polls++) {
      await pause(POLL_MS, undefined, { signal: closed });
      try {
        if (performance.now() >= endsAt) {
          socket.close(1012, 'connect again');
          return;
        }
        const head = await this.head();
        const isDue = due === undefined ? follower.position < head.position : due <= new Date();
        if (!isDue && polls % POLLS_PER_LOOK !== 0) continue;
        if (!(await this.isUnchanged(follower.named))) {
          socket.close(1000, 'the query was deleted');
          return;
        }
        if (!isDue) continue;
        await this.sendUpTo(head, socket, follower);
        if (times !== undefined) due = nextRun(times, new Date());
        faults = 0;
      } catch (error) {
        faults += 1;
        if (closed.aborted || faults >= FAULTS_MAX || socket.readyState !== socket.OPEN) throw error;
      }
    }
  }

  private async sendUpTo(head: FeedHead, socket: WebSocket, follower: Follower): Promise<void> {
    let isEmpty = true;
    while (follower.position < head.position) {
      const range = { from: follower.position, height: head.height, limit: follower.eventsPerDocument };
      const page = await this.feed.read(follower.query, range);
      if (!page.ok) throw new Error(page.detail);
      const { events, hasMore } = page.value;
      const last = events.at(-1);
      const next = hasMore && last !== undefined ? last.position + 1 : head.position;
      if (events.length > 0) await this.send(socket, follower, events, next);
      isEmpty &&= events.length === 0;
      follower.position = next;
    }
    if (isEmpty && follower.controls.reportIfEmpty) await this.send(socket, follower, [], follower.position);
  }

  private async send(
    socket: WebSocket,
    { named, epcFormat }: Follower,
    events: Parameters<typeof subscribedDocument>[0],
    nextPosition: number,
  ): Promise<void> {
    const document = { queryName: named.name, epcFormat, createdAt: new Date(), nextPosition };
    const text = await subscribedDocument(events, document, this.formats);
    await new Promise<void>((resolve, reject) => {
      const cut = setTimeout(() => {
        socket.terminate();
        reject(new Error('the client does not read'));
      }, this.options.socketSendTimeoutMs);
      socket.send(text, (error) => {
        clearTimeout(cut);
        if (error instanceof Error) reject(error);
        else resolve();
      });
    });
  }

  private async isUnchanged(named: NamedQuery): Promise<boolean> {
    return (await this.queries.get(named.name))?.createdAt === named.createdAt;
  }

  /** Asked once for all clients that poll in the same moment. */
  private head(): Promise<FeedHead> {
    const at = performance.now();
    if (this.#head === undefined || at - this.#head.at >= POLL_MS / 2) this.#head = { at, value: this.feed.head() };
    return this.#head.value;
  }
}

/** Browsers open WebSockets to any host for any page and send their cookies along: another page must not read with this one's session. */
function assertOwnOrigin({ headers, host }: FastifyRequest): void {
  if (headers.cookie === undefined || headers.origin === undefined) return;
  if (URL.parse(headers.origin)?.host !== host)
    throw new ApiProblem('API_FOREIGN_ORIGIN', 'A WebSocket with a session is for pages of this node only.');
}

/** Finds out about clients that went away without a word. */
function keepAlive(socket: WebSocket, closed: AbortSignal): void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) socket.terminate();
    isAlive = false;
    socket.ping();
  }, PING_EVERY_MS);
  closed.addEventListener('abort', () => clearInterval(timer), { once: true });
}

function wholeNumber(name: string, text: string | undefined, min: number): number | undefined {
  if (text === undefined) return undefined;
  if (!/^(0|[1-9][0-9]{0,14})$/.test(text) || Number(text) < min)
    throw controlsProblem('', `${name} is a whole number from ${min} on.`);
  return Number(text);
}
