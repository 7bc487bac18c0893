/** Name of the function around each loaded file; in a stack it stands for the file's own top level. */
export const TOP_LEVEL = '__handroll_file'
