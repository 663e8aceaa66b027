// Runs once. The question that is being answered comes into view when it is asked, its beginning first; what stands
// beside the conversation becomes the dossier, which the answer fills.
element.addEventListener('click', (event) => {
  if (window.corroborate.cited(event, (name, data) => trigger('cite', data))) return;
  const button = event.target.closest('[data-stop]');
  if (!button) return;
  button.disabled = true;
  trigger('stop', {});
});

let shown = '';
watch('value', () => {
  const turn = element.querySelector('.turn');
  const number = turn ? turn.dataset.turn || 'refused' : '';
  if (number && number !== shown) {
    requestAnimationFrame(() => window.corroborate.reveal(turn));
    if (number !== 'refused') window.corroborate.view('dossier');
  }
  shown = number;
});
