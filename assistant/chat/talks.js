// Runs once: the list of kept conversations. Deleting asks once more, in the same place.
element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  if (button.dataset.reopen) {
    trigger('reopen', { id: button.dataset.reopen });
  } else if (button.dataset.delete) {
    if (button.dataset.sure) {
      trigger('delete', { id: button.dataset.delete });
    } else {
      button.dataset.sure = '1';
      button.textContent = 'Delete for good?';
    }
  }
});
