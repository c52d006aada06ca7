/*
 * What runs inside of the pages of `bench/list.ts`, as text: this project's types know no DOM outside of the renderer.
 */

/** As `renderer/styles/lists.css` draws a row: 3.5 rem high, four columns, half a screen wide. */
const ROW_PX = 56;
const OVERSCAN = 8;

/**
 * Gives a page `afterKey(condition)`: milliseconds from the last key stroke until what the condition asks for was painted
 * (the second frame after it holds), and `scrollFrames(selector, frames, stepPx)`: the lengths of the frames while a list
 * scrolls by `stepPx` in each, the most rows that were in the document, and which share of them had nothing to show yet.
 *
 * `watchDrag(selector)` begins to measure frames while a hand drags the scroll bar; `endDrag()` waits until the list
 * is at its end and answers their lengths, and the milliseconds from its last move until no row in it waited, painted.
 */
export const LIST_CLOCK = `(() => {
  let pressedAt = 0;
  addEventListener('keydown', () => { pressedAt = performance.now(); }, { capture: true });
  const painted = () => new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now()))));
  window.afterKey = (condition) => new Promise((resolve, reject) => {
    const holds = new Function('return ' + condition);
    const since = performance.now();
    const look = () => {
      if (performance.now() - since > 10000) return reject(new Error('never: ' + condition));
      if (!holds()) return requestAnimationFrame(look);
      painted().then((at) => resolve(at - pressedAt));
    };
    requestAnimationFrame(look);
  });
  window.scrollFrames = (selector, frames, stepPx) => new Promise((resolve) => {
    const list = document.querySelector(selector);
    const lengths = [];
    const sum = { rows: 0, empty: 0 };
    let rows = 0;
    let last = null;
    list.scrollTop = 0;
    const frame = (at) => {
      if (last !== null) lengths.push(at - last);
      last = at;
      if (lengths.length % 10 === 0) {
        const shown = document.querySelectorAll('[role=option]').length;
        rows = Math.max(rows, shown);
        sum.rows += shown;
        sum.empty += document.querySelectorAll('[role=option][aria-busy=true]').length;
      }
      if (lengths.length >= frames) return resolve({ lengths, rows, empty: sum.empty / sum.rows });
      list.scrollTop += stepPx;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  let drag = null;
  window.watchDrag = (selector) => {
    const list = document.querySelector(selector);
    const watched = { list, lengths: [], movedAt: performance.now(), isOver: false };
    list.addEventListener('scroll', () => { watched.movedAt = performance.now(); }, { passive: true });
    let last = null;
    const frame = (at) => {
      if (last !== null) watched.lengths.push(at - last);
      last = at;
      if (!watched.isOver) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    drag = watched;
  };
  window.endDrag = () => new Promise((resolve, reject) => {
    const { list, lengths } = drag;
    drag.isOver = true;
    const since = performance.now();
    const look = () => {
      if (performance.now() - since > 10000) return reject(new Error('the drag never ended at rows'));
      // The last move of the hand may still be on its way.
      if (list.scrollTop < 0.99 * (list.scrollHeight - list.clientHeight)) return requestAnimationFrame(look);
      const { top, bottom } = list.getBoundingClientRect();
      const shown = [...list.querySelectorAll('[role=option]')].filter((row) => {
        const place = row.getBoundingClientRect();
        return place.bottom > top && place.top < bottom;
      });
      if (shown.length === 0 || shown.some((row) => row.ariaBusy === 'true')) return requestAnimationFrame(look);
      painted().then((at) => resolve({ lengths, restMs: at - drag.movedAt }));
    };
    look();
  });
})();`;

/** The floor: the least that a virtual list of such rows can be. Its rows are made of their place; nothing is asked. */
const FLOOR_LIST = (rows: number): string => `
  const list = document.querySelector('#list');
  const space = document.querySelector('#space');
  space.style.height = ${rows * ROW_PX} + 'px';
  const shown = new Map();
  const draw = () => {
    const first = Math.max(0, Math.floor(list.scrollTop / ${ROW_PX}) - ${OVERSCAN});
    const last = Math.min(${rows - 1}, Math.ceil((list.scrollTop + list.clientHeight) / ${ROW_PX}) + ${OVERSCAN});
    for (const [place, row] of shown) if (place < first || place > last) { row.remove(); shown.delete(place); }
    for (let place = first; place <= last; place += 1) {
      if (shown.has(place)) continue;
      const row = document.createElement('div');
      row.className = 'row';
      row.setAttribute('role', 'option');
      row.style.transform = 'translateY(' + place * ${ROW_PX} + 'px)';
      for (const text of ['E01' + place, '12:00', 'R$ 100,00', 'Confirmado']) {
        row.append(Object.assign(document.createElement('span'), { textContent: text }));
      }
      shown.set(place, row);
      space.append(row);
    }
  };
  list.addEventListener('scroll', draw);
  draw();`;

/** The page of the floor. */
export function floorListPage(rows: number): string {
  const style = `body{margin:0;font:16px sans-serif}#list{height:80vh;width:60vw;overflow-y:auto}#space{position:relative}
    .row{position:absolute;top:0;left:0;right:0;height:${ROW_PX}px;box-sizing:border-box;display:grid;align-items:center;
    grid-template-columns:9rem 9rem 7rem 1fr;column-gap:.75rem;padding:0 .75rem;border-bottom:1px solid #ccc}`;
  const page = `<!doctype html><style>${style}</style><div id="list" role="listbox"><div id="space"></div></div>
    <script>${LIST_CLOCK}${FLOOR_LIST(rows)}</script>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(page)}`;
}
