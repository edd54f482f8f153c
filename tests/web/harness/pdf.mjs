// A PDF made by hand.

/** Two pages, one wide and one high, each with words and a red square in its upper left corner. */
export function twoPages() {
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>"];
  for (const [box, content] of [["0 0 400 300", 5], ["0 0 300 400", 6]])
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [${box}] /Contents ${content} 0 R /Resources << /Font << /F 7 0 R >> >> >>`);
  for (const top of [300, 400]) {
    const words = `1 0 0 rg 0 ${top - 60} 60 60 re f BT /F 24 Tf 100 100 Td (Page) Tj ET`;
    objects.push(`<< /Length ${words.length} >>\nstream\n${words}\nendstream`);
  }
  objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = file.length;
  file += `xref\n0 8\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`;
  return `${file}trailer\n<< /Size 8 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
}
