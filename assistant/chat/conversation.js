// Runs once, when the conversation appears. `element`, `trigger` and `watch` come from gradio.
// Every click is caught here, at the root: what is inside is redrawn with each answer.
element.addEventListener('click', (event) => {
  if (window.corroborate.cited(event, (name, data) => trigger('cite', data))) return;
  const button = event.target.closest('button');
  if (!button) return;
  if (button.dataset.alone) {
    trigger('example', { question: button.dataset.alone, alone: true });
  } else if (button.dataset.example) {
    trigger('example', { question: button.dataset.example });
  } else if (button.dataset.sample) {
    button.disabled = true;
    window.corroborate.view('articles');
    trigger('sample', {});
  } else if (button.dataset.view) {
    window.corroborate.view(button.dataset.view);
    window.corroborate.reveal(document.querySelector('#views'));
  } else if (button.dataset.mark) {
    const box = button.closest('details').querySelector('input');
    const why = box.value;
    box.setCustomValidity(button.dataset.mark === 'wrong' && !why.trim() ? 'Say in a word what is wrong.' : '');
    if (!box.reportValidity()) return;
    trigger('mark', { turn: Number(button.dataset.turn), right: button.dataset.mark === 'right', why });
  } else if (button.matches('.show')) {
    window.corroborate.reading(false);
    window.corroborate.view('dossier');
    window.corroborateShows = true;
    trigger('show', { turn: Number(button.dataset.turn) });
  }
});

// For those who do not see the page: an answer is read out once, when it is whole.
const said = document.createElement('p');
said.className = 'unseen';
said.setAttribute('role', 'status');
element.after(said);

let turns = null;
watch('value', () => {
  const talk = element.querySelector('.talk');
  const shown = talk?.dataset.talk || '';
  window.sessionStorage.setItem('corroborate-talk', shown);
  const found = element.querySelectorAll('.turn');
  const last = found[found.length - 1];
  if (turns !== null && last && turns.talk === shown && found.length > turns.number) {
    said.textContent = last.querySelector('.answer, .failed, .stopped')?.textContent || '';
    // Where the page was too short to bring the question up, there is room now.
    if (last.getBoundingClientRect().top > window.innerHeight / 3) window.corroborate.reveal(last);
  }
  turns = { talk: shown, number: found.length };
});
