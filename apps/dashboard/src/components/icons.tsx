import type { ReactNode } from 'react';

/** Line icons of 24 × 24, drawn for Lading. They decorate: the words beside them, or the label of their button, say what is meant. */
const PATHS = {
  home: <path d="M4 11.5 12 5l8 6.5V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z" />,
  items: <path d="M4 8.5 12 4l8 4.5v7L12 20l-8-4.5zM4 8.5l8 4.5 8-4.5M12 13v7" />,
  chain: <path d="M9.5 14.5 14.5 9.5M8 11 5.7 13.3a3.5 3.5 0 0 0 5 5L13 16M11 8l2.3-2.3a3.5 3.5 0 0 1 5 5L16 13" />,
  transfer: <path d="M4 8h14m0 0-4-4m4 4-4 4M20 16H6m0 0 4 4m-4-4 4-4" />,
  recall: <path d="M12 4 3 19.5h18zM12 10v4.5M12 17v.2" />,
  product: <path d="M4 5h6v6H4zM14 5h6v6h-6zM4 15h6v4H4zM14 15h6v4h-6z" />,
  organization: <path d="M5 20V6l7-3 7 3v14M3 20h18M9 9h1.5M13.5 9H15M9 13h1.5M13.5 13H15M10.5 20v-3.5h3V20" />,
  people: (
    <path d="M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.5-3.5 3-5.5 6.5-5.5s6 2 6.5 5.5M16 4.5a3.2 3.2 0 0 1 0 6M18 14.8c2 .7 3.2 2.500 3.500 5.200" />
  ),
  audit: <path d="M6 3h9l4 4v14H6zM14.500 3v4.500H19M9 12h7M9 16h5" />,
  search: <path d="M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13ZM15.500 15.500 20 20" />,
  copy: <path d="M9 9h10v11H9zM15 9V4H5v11h4" />,
  check: <path d="m5 12.500 4.500 4.500L19 7.500" />,
  cross: <path d="m6 6 12 12M18 6 6 18" />,
  sun: (
    <path d="M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.500V5M12 19v2.500M2.500 12H5M19 12h2.500M5.300 5.300 7 7M17 17l1.700 1.700M18.700 5.300 17 7M7 17l-1.700 1.700" />
  ),
  moon: <path d="M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10Z" />,
  language: (
    <path d="M3.500 6h9M8 4v2M11 6c-.8 3.500-3.500 6.500-7 8M5.500 9c1.200 2.500 3.300 4.300 6 5.300M12 20l4-9.500 4 9.500M13.500 17h5" />
  ),
  download: <path d="M12 4v11m0 0 4-4m-4 4-4-4M5 19h14" />,
  signOut: <path d="M14 5H6v14h8M11 12h9m0 0-3.500-3.500M20 12l-3.500 3.500" />,
  book: <path d="M5 4h6a2 2 0 0 1 1 .500A2 2 0 0 1 13 4h6v14h-6a2 2 0 0 0-1 .500 2 2 0 0 0-1-.500H5zM12 5v13" />,
  menu: <path d="M4 7h16M4 12h16M4 17h16" />,
  alert: <path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.500v5.500M12 16.300v.2" />,
  clock: <path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.500l3.500 2" />,
  pin: (
    <path d="M12 21s-6.500-6-6.500-11a6.500 6.500 0 0 1 13 0c0 5-6.500 11-6.500 11ZM12 12.300a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600Z" />
  ),
  seal: (
    <path d="M12 3l2.300 1.700 2.900-.1.800 2.800 2.400 1.600-1 2.700 1 2.700-2.400 1.600-.8 2.800-2.900-.1L12 20.400l-2.300-1.700-2.900.1-.8-2.800-2.400-1.600 1-2.700-1-2.700L6 7.400l.8-2.800 2.900.1zM8.800 11.800l2.300 2.300 4.300-4.500" />
  ),
  graph: <path d="M3 9h5v6H3zM16 3.500h5v6h-5zM16 14.500h5v6h-5zM8 12h4m0 0V6.500h4M12 12v5.500h4" />,
  sort: <path d="m8 10 4-5 4 5zM8 14l4 5 4-5z" />,
  up: <path d="m7 14 5-6 5 6z" />,
  down: <path d="m7 10 5 6 5-6z" />,
  key: (
    <path d="M14.500 10.500a4 4 0 1 0-4 4 4 4 0 0 0 2.800-1.200L20 20l.500-3-2-1.500.500-2-2-.500-2.200-2.200a4 4 0 0 0 .700-2.300M9.500 9.500v.2" />
  ),
  ballot: <path d="M4 13h16v7H4zM7 13V8l5-4 5 4v5M9.500 9.500l2 2 3.500-3.500M8 16.500h8" />,
  plus: <path d="M12 5v14M5 12h14" />,
  link: (
    <path d="M10 14 14 10M8 11l-2.500 2.500a3.500 3.500 0 0 0 5 5L13 16M11 8l2.500-2.500a3.500 3.500 0 0 1 5 5L16 13" />
  ),
  bell: <path d="M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 2h-15zM10 20.500h4" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={name === 'sort' || name === 'up' || name === 'down' ? 'currentColor' : 'none'}
      stroke={name === 'sort' || name === 'up' || name === 'down' ? 'none' : 'currentColor'}
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {PATHS[name]}
    </svg>
  );
}
