/** What a serial number of the vendor's can look like: letters, digits and dashes. src: captures of real kits */

/** Whether the text can be the serial number of a kit or module. */
export const isSerialNumber = (text: string): boolean => /^[A-Za-z0-9-]{6,40}$/.test(text)

/** Whether a serial number has the pattern of a kit's hub. src: captures; BLE tests of newer hubs (M3H1) */
export const isKitSerialNumber = (sn: string): boolean => /^(?:M10|M3H1)/.test(sn)
