/** Samples the RSS of this process; `grownBytes` stops sampling and returns the largest growth. */
export function watchMemory(): { grownBytes(): number } {
  const resident = () => process.memoryUsage.rss();
  const before = resident();
  let most = before;
  const look = () => {
    most = Math.max(most, resident());
  };
  const timer = setInterval(look, 10);
  return {
    grownBytes() {
      clearInterval(timer);
      look();
      return most - before;
    },
  };
}
