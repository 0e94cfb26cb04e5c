/** Is it the hotkey, or of the group of simulated miners of that name, whose hotkeys are `<name>-1` and so on? */
export function isCalled(hotkey: string, name: string): boolean {
  return hotkey === name || (hotkey.startsWith(`${name}-`) && /^\d/.test(hotkey.slice(name.length + 1)));
}
