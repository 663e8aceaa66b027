// Runs once. Saves an export as a file; the page stays where it is.
watch('value', () => {
  const parcel = element.querySelector('.parcel');
  if (!parcel || !parcel.dataset.base64) return;
  const bytes = Uint8Array.from(window.atob(parcel.dataset.base64), (letter) => letter.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: parcel.dataset.type }));
  link.download = parcel.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
});
