// Looks again while a page is visible: soon after an act of one's own, seldom when nobody is at the screen.
import { lastAct } from './api.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
let present = Date.now();
for (const kind of ['pointerdown', 'keydown', 'scroll']) {
  addEventListener(kind, () => { present = Date.now(); }, { passive: true });
}

const pause = () =>
  Date.now() - lastAct() < MINUTE ? 5 * SECOND : Date.now() - present > 10 * MINUTE ? MINUTE : 15 * SECOND;

/** Calls `look` again and again; answers a function that ends it. */
export function live(look) {
  let timer;
  let ended = false;
  const plan = () => { timer = setTimeout(again, pause()); };
  const again = async () => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible') {
      await look();
    }
    if (!ended) {
      plan();
    }
  };
  const shown = () => { if (document.visibilityState === 'visible') again(); };
  document.addEventListener('visibilitychange', shown);
  plan();
  return () => {
    ended = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', shown);
  };
}
