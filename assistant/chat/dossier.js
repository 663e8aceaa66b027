// Runs once, when the dossier appears. Opens a source, and leads back to the answer.
let awaited = false;

function reveal(node) {
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const behavior = calm ? 'auto' : 'smooth';
  const column = node.closest('#right');
  // Beside the conversation the column scrolls by itself; scrollIntoView would move the conversation too.
  if (column && getComputedStyle(column).overflowY === 'auto') {
    const down = node.getBoundingClientRect().top - column.getBoundingClientRect().top - 12;
    column.scrollTo({ top: column.scrollTop + down, behavior });
  } else {
    node.scrollIntoView({ block: 'start', behavior });
  }
}

// True where the turn is the one on display; number 0 leads to the top of the dossier.
function open(turn, number) {
  const root = element.querySelector('.dossier');
  if (!root || Number(root.dataset.turn) !== turn) return false;
  const source = number ? root.querySelector(`details[data-number="${number}"]`) : null;
  if (!source) {
    root.setAttribute('tabindex', '-1');
    root.focus({ preventScroll: true });
    reveal(root);
    return true;
  }
  source.open = true;
  source.querySelector('summary').focus({ preventScroll: true });
  source.classList.remove('found');
  void source.offsetWidth; // so that the highlight plays again
  source.classList.add('found');
  reveal(source);
  return true;
}

window.corroborateDossier = {
  open,
  expect() {
    awaited = true;
  },
};

element.addEventListener('click', (event) => {
  const root = element.querySelector('.dossier');
  const mark = event.target.closest('button.cite');
  if (mark) {
    open(Number(mark.dataset.turn), Number(mark.dataset.number));
    return;
  }
  if (event.target.closest('.back') && root) {
    const turn = document.querySelector(`#conversation .turn[data-turn="${root.dataset.turn}"]`);
    if (turn) {
      reveal(turn);
      turn.querySelector('button')?.focus({ preventScroll: true });
    }
  }
});

watch('value', () => {
  const root = element.querySelector('.dossier');
  if (!awaited || !root) return;
  awaited = false;
  open(Number(root.dataset.turn), Number(root.dataset.opened));
});
