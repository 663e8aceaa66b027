// Runs once: what is being added or removed. Tells the page when something has ended.
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-stop-job]');
  if (!button) return;
  button.disabled = true;
  trigger('halt', { number: Number(button.dataset.stopJob) });
});

let active = 0;
let ended = 0;
watch('value', () => {
  const jobs = element.querySelectorAll('.job');
  const now = element.querySelectorAll('.job:is(.waiting, .running, .stopping)').length;
  const over = jobs.length - now;
  if (over !== ended || now < active) trigger('ended', {});
  active = now;
  ended = over;
});
