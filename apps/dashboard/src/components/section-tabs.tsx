import { Link } from '@tanstack/react-router';

export interface SectionTab {
  readonly to: string;
  readonly label: string;
}

/** The pages of one section: links, so that each has its address. */
export function SectionTabs({ label, tabs }: { readonly label: string; readonly tabs: readonly SectionTab[] }) {
  return (
    <nav aria-label={label} className="section-tabs">
      {tabs.map(({ to, label: name }) => (
        <Link key={to} to={to as never} activeOptions={{ exact: true, includeSearch: false }}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
