import { Entity, Index } from 'typeorm';
import { Json, KeySmall, KeyWhole, Text, Whole } from './columns.js';

/**
 * What an organisation says about an element of a vocabulary (a place, a class of goods …), in one version: it holds from its entry until the
 * same organisation says something else about the element.
 */
@Index('vocabulary_element_current_idx', ['vocabulary', 'key', 'author'], { unique: true, where: 'end_position IS NULL' })
@Entity('vocabulary_element')
export class VocabularyElementRow {
  /** Of the entry, as of `eventPosition`. */
  @KeyWhole('vocabulary_element_pkey') position!: number;
  /** Place among the entry's elements. */
  @KeySmall('vocabulary_element_pkey') ordinal!: number;
  /** Position of the entry with the next version; null while this one holds. */
  @Whole({ nullable: true }) endPosition!: number | null;
  @Text() author!: string;
  /** `ReadPoint`, `BusinessLocation` …, else a URI. */
  @Text() vocabulary!: string;
  /** As events name the element: canonical key or CBV word. */
  @Text() key!: string;
  /** As the author spelled it. */
  @Text() text!: string;
  /** Attributes in full, and children: what a version is compared by. */
  @Json() content!: VocabularyContent;
}

export interface VocabularyContent {
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly children: readonly string[];
}

/** An attribute of a version of an element; names as in `event_field`. */
@Index('vocabulary_attribute_text_idx', ['local', 'text'])
@Entity('vocabulary_attribute')
export class VocabularyAttributeRow {
  @KeyWhole('vocabulary_attribute_pkey') position!: number;
  @KeySmall('vocabulary_attribute_pkey') ordinal!: number;
  /** Place among the element's attributes. */
  @KeySmall('vocabulary_attribute_pkey') place!: number;
  @Text() prefix!: string;
  @Text() namespace!: string;
  @Text() local!: string;
  /** Cut behind one character more than a query can ask for. */
  @Text() text!: string;
}

/** An element that a version of another names as directly below it. */
@Index('vocabulary_child_parent_idx', ['parent'])
@Entity('vocabulary_child')
export class VocabularyChildRow {
  @KeyWhole('vocabulary_child_pkey') position!: number;
  @KeySmall('vocabulary_child_pkey') ordinal!: number;
  @KeySmall('vocabulary_child_pkey') place!: number;
  @Text() parent!: string;
  @Text() child!: string;
}
