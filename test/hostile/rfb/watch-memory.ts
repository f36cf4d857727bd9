/** Takes note of how much this process grows; `grownBytes` ends it and answers with the most that was seen. */
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
