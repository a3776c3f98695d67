import type { Language } from "../../i18n/language.ts";

/** The grid's own texts, for the controls that are switched on; English is built in. */
const INDONESIAN: Record<string, string> = {
	noRowsToShow: "Tidak ada baris",
	noMatchingRows: "Tidak ada baris yang cocok",
	loadingOoo: "Memuat…",
	filterOoo: "Saring…",
	applyFilter: "Pakai",
	resetFilter: "Kosongkan",
	clearFilter: "Bersihkan",
	cancelFilter: "Batal",
	equals: "Sama dengan",
	notEqual: "Tidak sama dengan",
	lessThan: "Kurang dari",
	lessThanOrEqual: "Kurang dari atau sama dengan",
	greaterThan: "Lebih dari",
	greaterThanOrEqual: "Lebih dari atau sama dengan",
	inRange: "Antara",
	inRangeStart: "Dari",
	inRangeEnd: "Sampai",
	contains: "Memuat",
	notContains: "Tidak memuat",
	startsWith: "Diawali",
	endsWith: "Diakhiri",
	blank: "Kosong",
	notBlank: "Tidak kosong",
	andCondition: "DAN",
	orCondition: "ATAU",
	ariaFilterInput: "Masukan saringan",
	ariaColumnFiltered: "Kolom disaring",
	ariaFilteringOperator: "Operator saringan",
	ariaFilterMenuOpen: "Buka saringan",
	ariaFilterValue: "Nilai saringan",
	ariaFilterFromValue: "Saring dari nilai",
	ariaFilterToValue: "Saring sampai nilai",
	ariaLabelColumnFilter: "Saringan kolom",
	ariaSortableColumn: "Tekan ENTER untuk mengurutkan",
};

export function gridTexts(language: Language): Record<string, string> {
	return language === "id" ? INDONESIAN : {};
}
