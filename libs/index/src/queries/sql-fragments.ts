/** ISO 8601 in UTC with milliseconds, whatever the session's time zone. */
export const isoTime = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Whether an entry was signed with a key that is not trusted at its height any more; looked up, so that a revocation rewrites nothing. */
export const disputed = (entry: string): string =>
  `EXISTS (SELECT FROM organization_key dk WHERE dk.key_id = ${entry}.key_id AND dk.not_trusted_from <= ${entry}.height)`;

/** An `EntryReference` for aliases of `entry` and of its block's time. */
export const entryReference = (entry: string, time: string): string =>
  `json_build_object('entryId', ${entry}.id, 'author', ${entry}.author, 'height', ${entry}.height, 'index', ${entry}.index,
     'blockTime', ${isoTime(time)}, 'disputed', ${disputed(entry)})`;

/** The same as columns. */
export const entryReferenceColumns = (entry: string, time: string): string =>
  `${entry}.id AS "entryId", ${entry}.author, ${entry}.height, ${entry}.index, ${isoTime(time)} AS "blockTime", ${disputed(entry)} AS disputed`;

/** `EntryReference` of an entry by its id, as a scalar subquery; null when there is none. */
export const entryReferenceById = (id: string): string =>
  `(SELECT ${entryReference('ne', 'nb.time')} FROM entry ne JOIN block nb ON nb.height = ne.height WHERE ne.id = ${id})`;

/** Columns of a `FindingDto`; for aliases f (finding), fe (its event), fn (its entry). */
export const FINDING_COLUMNS = `f.code, f.item_key AS item, ${entryReference('fn', 'fe.record_time')} AS entry,
  fe.event_index AS "eventIndex", f.contradicts, f.detail`;
export const FINDING_TABLES = `finding f JOIN event fe ON fe.position = f.position
  JOIN entry fn ON fn.height = fe.height AND fn.index = fe.index`;

/** An array of `FindingDto` in chain order, as a scalar subquery. */
export const findingsWhere = (condition: string): string =>
  `(SELECT coalesce(json_agg(w), '[]'::json)
    FROM (SELECT ${FINDING_COLUMNS} FROM ${FINDING_TABLES} WHERE ${condition} ORDER BY f.position, f.ordinal) w)`;

/** Ids of the open recalls that name an item or its lot, oldest first, as a scalar subquery. */
export const openRecalls = (item: string, lot: string): string =>
  `(SELECT coalesce(json_agg(ro.id ORDER BY ro.position), '[]'::json) FROM recall ro
    WHERE ro.closed_by IS NULL AND ro.id IN (SELECT ri.recall FROM recall_item ri WHERE ri.item_key IN (${item}, ${lot})))`;

/** Unanswered offers end without an entry, so the state depends on the height of the answer (`c.height`). */
export const TRANSFER_STATE = `CASE WHEN t.state = 'offered' AND c.height > t.expires_after_height THEN 'expired' ELSE t.state END`;
