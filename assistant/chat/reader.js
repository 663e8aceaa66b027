// Runs once. The reader takes the dossier's place while an article is open.
element.addEventListener('click', (event) => {
  if (event.target.closest('.back')) window.corroborate.back();
});

watch('value', () => {
  const root = element.querySelector('.reader');
  window.corroborateAwaits = false;
  if (!root) return;
  window.corroborate.view('dossier');
  window.corroborate.reading(true);
  requestAnimationFrame(() => {
    const quote = root.querySelector('mark.quote');
    root.querySelector('h2')?.focus({ preventScroll: true });
    window.corroborate.reveal(quote || root, quote ? 'center' : 'start');
  });
});
