/** Where the browser tells its time zone, so that the server's next first paint already has the reader's days and hours. */
export const TIME_ZONE_COOKIE = 'time-zone';
