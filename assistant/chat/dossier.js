// Runs once, when the dossier appears: its tabs, its sources, its exports.
let chosen = 'sources';

function choose(tab) {
  chosen = tab.dataset.tab;
  element.querySelectorAll('[role="tab"]').forEach((other) => {
    const on = other === tab;
    other.setAttribute('aria-selected', String(on));
    other.tabIndex = on ? 0 : -1;
    element.querySelector(`#${other.getAttribute('aria-controls')}`).hidden = !on;
  });
}

element.addEventListener('click', (event) => {
  if (window.corroborate.cited(event, (name, data) => trigger('cite', data))) return;
  const tab = event.target.closest('[role="tab"]');
  if (tab) {
    choose(tab);
    return;
  }
  const button = event.target.closest('[data-export]');
  if (button) trigger('export', { turn: Number(button.dataset.turn), form: button.dataset.export });
});
element.addEventListener('keydown', (event) => window.corroborate.arrows(event, choose));

watch('value', () => {
  const tab = element.querySelector(`[data-tab="${chosen}"]`);
  if (tab) choose(tab);
  const root = element.querySelector('.dossier');
  if (!window.corroborateAwaits) window.corroborate.reading(false);
  if (root && window.corroborateShows) {
    window.corroborateShows = false;
    root.focus({ preventScroll: true });
    window.corroborate.reveal(root);
  }
});
