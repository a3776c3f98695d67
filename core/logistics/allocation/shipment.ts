/** Units from one depot to one place. Positions are those of the problem's lists. */
export interface Shipment {
	depot: number;
	place: number;
	item: number;
	units: number;
}
