/** What a drop area needs of the composer. */
export interface DropHost {
  readonly takesFiles: boolean;
  addFiles(files: readonly File[]): void;
}

const hasFiles = ({dataTransfer}: DragEvent): boolean =>
  !!dataTransfer && [...dataTransfer.types].includes('Files');

/** The files of a drop or a paste. */
export const filesOf = (data: DataTransfer | null): File[] => [...(data?.files ?? [])];

/**
 * Takes files that are dropped anywhere on `area`, until the signal aborts. Where none can be taken a
 * drop does nothing: the browser would leave the page for the file. An area within it, such as that of
 * a thread, has its own.
 *
 * @param zone lies over the whole area while files are held over it
 */
export const acceptDrops = (
  area: HTMLElement,
  zone: HTMLElement,
  host: DropHost,
  signal: AbortSignal,
): void => {
  const hover = (isOver: boolean): void => {
    zone.hidden = !isOver;
  };
  const over = (event: DragEvent): void => {
    if (event.defaultPrevented) return hover(false);
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = host.takesFiles ? 'copy' : 'none';
    hover(host.takesFiles);
  };
  area.addEventListener('dragenter', over, {signal});
  area.addEventListener('dragover', over, {signal});
  // Of the zone, which has nothing in it that could be entered: the area is left when it is.
  zone.addEventListener('dragleave', () => hover(false), {signal});
  area.addEventListener(
    'drop',
    (event) => {
      hover(false);
      if (event.defaultPrevented || !hasFiles(event)) return;
      event.preventDefault();
      host.addFiles(filesOf(event.dataTransfer));
    },
    {signal},
  );
  signal.addEventListener('abort', () => hover(false), {once: true});
};
