/** The texts of the view Buku of the screen Logistik in Indonesian (English: stock-book-en.ts): what came, what went and what was counted. */
export const stockBookId = {
	title: "Buku persediaan",
	facility: "Gudang atau fasilitas",
	item: "Barang",
	none: "Belum ada lembar persediaan {{item}} di {{facility}}.",
	noFacilities: "Tidak ada gudang atau fasilitas di wilayah ini.",
	column: {
		from: "Dari",
		to: "Sampai",
		opening: "Stok awal",
		received: "Diterima",
		given: "Diberikan",
		book: "Menurut buku",
		counted: "Terhitung",
		gap: "Selisih",
		newGap: "Selisih baru",
		source: "Sumber",
	},
	gapNow:
		"Pada {{day}} terhitung {{counted}}, menurut buku {{book}}: selisih {{gap}} {{unit}} belum ada penjelasannya.",
	noGap: "Pada {{day}} yang terhitung sama dengan buku.",
	unknownGap:
		"Selisih tidak dapat dikatakan: buku atau hitungannya tidak lengkap.",
	how: "Buku: stok awal + diterima − diberikan, diteruskan dari masa ke masa. Selisih = terhitung − buku; yang lama tetap tampak sampai dijelaskan. Kolom kosong tidak dilaporkan, bukan nol.",
} as const;
