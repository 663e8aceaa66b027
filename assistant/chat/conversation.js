// Runs once, when the conversation appears. `element`, `trigger` and `watch` come from gradio.
// Every click is caught here, at the root: what is inside is redrawn with each answer.
element.addEventListener('click', (event) => {
  const example = event.target.closest('[data-example]');
  if (example) {
    trigger('example', { question: example.dataset.example });
    return;
  }
  const mark = event.target.closest('button[data-turn]');
  if (!mark) return;
  const turn = Number(mark.dataset.turn);
  const number = Number(mark.dataset.number || 0);
  const panel = window.corroborateDossier;
  if (panel && panel.open(turn, number)) return;
  if (panel) panel.expect();
  trigger('cite', { turn, number });
});

// A new question comes into view, its beginning first; the reader may be far up.
let shown = 0;
watch('value', () => {
  const turns = element.querySelectorAll('.turn');
  const last = turns[turns.length - 1];
  if (!last) {
    shown = 0;
    return;
  }
  if (Number(last.dataset.turn) !== shown) {
    shown = Number(last.dataset.turn);
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    requestAnimationFrame(() => last.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' }));
  }
});
