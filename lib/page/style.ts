/**
 * The page's only style sheet. Colors have a contrast of at least 4.5 to 1 in light and dark. In a date
 * field the parts have the focus, and `:focus-visible` is not said of the field.
 */
export const STYLE = `
:root{color-scheme:light dark;--text:#1c1c1f;--soft:#55555e;--back:#fff;--line:#d5d5dc;--link:#0b57a4;--head:#f4f4f7;--good:#176b36;--bad:#a3191f;--warn:#7a4b00}
@media(prefers-color-scheme:dark){:root{--text:#ececf1;--soft:#b3b3bf;--back:#17171a;--line:#3d3d46;--link:#8ec2ff;--head:#232329;--good:#7fd69b;--bad:#ff9c9c;--warn:#f0c27a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:80rem;padding:1rem;font:1rem/1.45 system-ui,sans-serif;color:var(--text);background:var(--back)}
a{color:var(--link)}a:focus-visible,input:focus-within,select:focus-visible,button:focus-visible,summary:focus-visible,.wide:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:.5rem 0 1rem}
nav a[aria-current]{font-weight:600;color:var(--text);text-decoration:none}
h1{font-size:1.35rem;margin:.25rem 0;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
.soft{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}
form{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;margin:0 0 1rem}
label{display:flex;flex-direction:column;min-width:0;max-width:100%;font-size:.9rem;color:var(--soft)}
input,select,button{font:inherit;padding:.35rem .5rem;color:var(--text);background:var(--back);border:1px solid var(--line);border-radius:4px;max-width:100%}
button{background:var(--head);cursor:pointer}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.95rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
th{background:var(--head);font-weight:600;white-space:nowrap}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.5rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
pre{overflow-x:auto;padding:.75rem;background:var(--head);border:1px solid var(--line);border-radius:4px;font-size:.85rem}
@media(max-width:40rem){table.stack thead{position:absolute;left:-99rem}table.stack tr{display:block;border-bottom:2px solid var(--line);padding:.4rem 0}table.stack td{display:flex;justify-content:space-between;gap:1rem;border:0;padding:.15rem 0;text-align:right;overflow-wrap:anywhere;white-space:normal}table.stack td::before{content:attr(data-label);color:var(--soft);text-align:left}dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
`.trim();
