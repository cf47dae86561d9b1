/** Phones first; nothing that a browser without support would need. Contrast is at least 4.5 : 1 in both schemes. */
export const STYLE = `
:root{color-scheme:light dark;--text:#1b1f24;--quiet:#57606a;--page:#fff;--line:#d0d7de;--link:#0b57d0;--soft:#f3f5f7;
--ok:#116329;--bad:#a40e26;--warn:#7a4100;--plain:#3d4752}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--quiet:#9da7b1;--page:#0d1117;--line:#30363d;--link:#8ab4f8;--soft:#161b22;
--ok:#0f5323;--bad:#8e1123;--warn:#6b3a00;--plain:#36404a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:42rem;padding:0 1rem 2rem;background:var(--page);color:var(--text);font:1.0625rem/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;overflow-wrap:anywhere}
a{color:var(--link)}
nav{display:flex;justify-content:flex-end;gap:1rem;padding:.5rem 0}
nav a,nav b{display:inline-block;padding:.25rem .1rem;min-height:2rem}
.status{margin:0 -1rem;padding:1rem;color:#fff;background:var(--plain)}
.status h1{margin:0;font-size:1.75rem;line-height:1.2}
.status p{margin:.35rem 0 0}
.OK{background:var(--ok)}.RECALLED,.EXPIRED{background:var(--bad)}.DISPUTED{background:var(--warn)}
h2{margin:1.5rem 0 .5rem;font-size:1.2rem;line-height:1.3}
p{margin:.5rem 0}
.notes{margin:.75rem 0;padding:0 0 0 1.2rem}
.limits{margin:1rem 0;padding:.6rem .8rem;border-left:.25rem solid var(--quiet);background:var(--soft)}
dl{display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.15rem .9rem;margin:.5rem 0}
dt{color:var(--quiet)}dd{margin:0}
.recall{margin:1rem 0;padding:.6rem .8rem;border:2px solid var(--bad)}
.recall h2{margin-top:0}
ol{list-style:none;margin:.5rem 0;padding:0}
ol li{padding:.6rem 0;border-top:1px solid var(--line)}
.grade{display:inline-block;margin:.15rem .3rem .15rem 0;padding:0 .5rem;border:1px solid var(--quiet);border-radius:1rem;font-size:.9rem}
.grade.disputed{border-width:2px;font-weight:600}
.quiet{color:var(--quiet);font-size:.95rem}
summary{cursor:pointer;padding:.35rem 0}
code{font:.82rem/1.4 ui-monospace,Menlo,Consolas,monospace}
@media (min-width:40rem){.status{margin:0;border-radius:.5rem}}
`.trim();
