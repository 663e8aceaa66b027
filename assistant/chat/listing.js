// Runs once: the list of articles. Removing asks once more, in the same place.
element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  if (button.dataset.read) {
    window.corroborate.read(button);
    trigger('read', { id: button.dataset.read });
  } else if (button.dataset.page) {
    trigger('turn', { first: Number(button.dataset.page) });
  } else if (button.dataset.edit) {
    const form = button.closest('details');
    const [publisher, published] = ['publisher', 'published'].map((name) => form.querySelector(`[name=${name}]`).value);
    button.disabled = true;
    trigger('edit', { id: button.dataset.edit, publisher, published });
  } else if (button.dataset.remove) {
    if (button.dataset.sure) {
      button.disabled = true;
      trigger('remove', { id: button.dataset.remove });
    } else {
      button.dataset.sure = '1';
      button.textContent = 'Remove for good?';
    }
  }
});
