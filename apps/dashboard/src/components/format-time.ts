const PARTS: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
};

/** In the zone of whoever looks. */
export function viewerTime(time: string, language: string): string {
  return new Intl.DateTimeFormat(language, PARTS).format(new Date(time));
}

/** As the clocks of the place showed. @param offset - `+02:00`, `-11:30` or `Z`; anything else is taken for UTC */
export function placeTime(time: string, offset: string, language: string): string {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(offset) ?? [];
  const offsetMinutes = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  return new Intl.DateTimeFormat(language, { ...PARTS, timeZone: 'UTC' }).format(
    Date.parse(time) + offsetMinutes * 60_000,
  );
}

export function viewerZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, ms: number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** "3 minutes ago", in the largest unit that fits. */
export function timeAgo(time: string, now: number, language: string): string {
  const elapsed = Math.max(0, now - Date.parse(time));
  const [unit, ms] = STEPS.find(([, size]) => elapsed >= size) ?? (['second', 1_000] as const);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'long' }).format(
    -Math.floor(elapsed / ms),
    unit,
  );
}

/** "9 days", "4 hours": how long something took or did not happen, in the largest unit. */
export function duration(ms: number, language: string): string {
  const [unit, size] = STEPS.find(([, step]) => ms >= step) ?? (['second', 1_000] as const);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.floor(ms / size));
}
