import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { IndexProgress } from '#index';
import type { LadingNode } from '#node';
import { INDEX_PROGRESS, LADING_NODE } from '../parts.js';

/** What Prometheus scrapes. Gauges are read when asked for, nothing is counted twice. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly duration: Histogram<'method' | 'route' | 'status'>;

  constructor(@Inject(LADING_NODE) node: LadingNode, @Inject(INDEX_PROGRESS) index: IndexProgress) {
    collectDefaultMetrics({ register: this.registry });
    this.gauge('ledger_height', 'Height of the chain on this node', () => node.head().header.height);
    this.gauge('ledger_durable_height', 'Height up to which the chain is durable on this node', () =>
      node.durableHeight(),
    );
    this.gauge('index_height', 'Height that the database has reached', () => index.height);
    this.gauge('pool_entries', 'Entries that wait for a block', () => node.pool().entries);
    this.gauge('pool_bytes', 'Bytes of the entries that wait for a block', () => node.pool().bytes);
    this.gauge(
      'peers_connected',
      'Validators that this node is connected to',
      () => node.validators().filter((v) => v.connected && !v.isSelf).length,
    );
    this.gauge(
      'clock_offset_seconds',
      'This node’s clock minus the median of its peers’; NaN before the first comparison',
      () => (node.clockOffsetMs() ?? NaN) / 1_000,
    );
    this.duration = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the request’s arrival to the end of its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [this.registry],
    });
  }

  /** @param route - the route's pattern, never the URL: ids would make a series each */
  observeRequest(method: string, route: string, status: number, seconds: number): void {
    this.duration.observe({ method, route, status: String(status) }, seconds);
  }

  private gauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({ name, help, registers: [this.registry], collect: () => gauge.set(read()) });
  }
}
