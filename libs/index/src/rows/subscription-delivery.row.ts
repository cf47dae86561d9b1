import { Entity, Index, JoinColumn, ManyToOne } from 'typeorm';
import { KeyText, Small, Text, Time, Whole } from './columns.js';
import { SubscriptionRow } from './subscription.row.js';

/**
 * A document that a subscriber is to be sent, or was. Not the document itself: the events from a position on, as of a height, are
 * the same whenever they are read.
 */
@Index('subscription_delivery_order_idx', ['subscriptionId', 'fromPosition', 'createdAt', 'id'])
@Index('subscription_delivery_pending_idx', ['subscriptionId', 'fromPosition'], { where: `state = 'pending'` })
@Entity('subscription_delivery')
export class SubscriptionDeliveryRow {
  @KeyText('subscription_delivery_pkey') id!: string;
  @Text() subscriptionId!: string;
  @ManyToOne(() => SubscriptionRow, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'subscription_id', foreignKeyConstraintName: 'subscription_delivery_subscription_id_fkey' })
  subscription?: SubscriptionRow;
  /** pending, delivered or failed */
  @Text() state!: string;
  @Whole() fromPosition!: number;
  /** Where the next delivery begins. */
  @Whole() toPosition!: number;
  @Whole() height!: number;
  @Small() eventCount!: number;
  @Time() createdAt!: Date;
  /** When it was created or last asked to be repeated. */
  @Time() queuedAt!: Date;
  @Small() attempts!: number;
  @Time({ nullable: true }) lastAttemptAt!: Date | null;
  @Small({ nullable: true }) lastStatus!: number | null;
  @Text({ nullable: true }) lastError!: string | null;
  @Time({ nullable: true }) deliveredAt!: Date | null;
}
