/** Seconds between two looks for series to remove. */
const EVERY = 3_600;

/**
 * What removes the files of series that nobody has sent for some days: each container that ever lived leaves a file for each of its metrics,
 * and Whisper's files never shrink. A point written is a file changed, so what still lives is never touched; carbon makes the file of a
 * series that comes back. An empty folder goes a day after the last file in it, because carbon may be about to make one.
 * @param days without a point.
 */
export function pruneCommand(storage: string, days: number): readonly string[] {
  const whisper = `${storage}/whisper`;
  const script = `trap 'exit 0' TERM INT
while true; do
  mkdir -p ${whisper}
  find ${whisper} -type f -name '*.wsp' -mtime +${days - 1} -print -delete
  find ${whisper} -mindepth 1 -type d -empty -mtime +0 -delete
  sleep ${EVERY} & wait $!
done`;
  return ["/bin/sh", "-c", script];
}
