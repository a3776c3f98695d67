/** What is said while something is computed that takes its time. */
export const computingId = {
	working: "Menghitung …",
	stop: "Hentikan",
	stopped: "Perhitungan dihentikan.",
	again: "Hitung lagi",
};
