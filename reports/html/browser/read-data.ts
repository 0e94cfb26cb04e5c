/** What the element with an id has of data for the script. */
export function readData<Data>(id: string): Data {
  const text = document.getElementById(id)?.textContent;
  if (text == null) throw new Error(`the page has no data ${id}`);
  return JSON.parse(text) as Data;
}
