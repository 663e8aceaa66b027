// Runs once, when the tabs above the right column appear.
const choose = (tab) => {
  window.corroborate.reading(false);
  window.corroborate.view(tab.dataset.view);
};
element.addEventListener('click', (event) => {
  const tab = event.target.closest('[role="tab"]');
  if (tab) choose(tab);
});
element.addEventListener('keydown', (event) => window.corroborate.arrows(event, choose));
for (const name of ['dossier', 'articles', 'talks']) {
  const panel = document.querySelector(`#view-${name}`);
  if (!panel) continue;
  panel.setAttribute('role', 'tabpanel');
  panel.setAttribute('aria-labelledby', `to-${name}`);
}
window.corroborate.view('dossier');
