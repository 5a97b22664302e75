/* An amount of yuan as it is spoken and written: 50000 -> "5 万元", "人民币伍万元整". Only for reading along while one types. */
"use strict";

const Amount = (() => {
  const DIGITS = "零壹贰叁肆伍陆柒捌玖";
  const PLACES = ["", "拾", "佰", "仟"];
  const GROUPS = ["", "万", "亿", "万亿"];

  /** What was typed as fen (BigInt), or null where it is no amount. */
  function fen(text) {
    const plain = text.normalize("NFKC").replace(/[\s,¥]/g, "");
    const match = /^(\d{1,12})(?:\.(\d{0,2}))?$/.exec(plain);
    return match ? BigInt(match[1]) * 100n + BigInt((match[2] || "").padEnd(2, "0")) : null;
  }

  /** Four digits with their places: "0506" -> "零伍佰零陆". */
  function group(four) {
    let words = "";
    let zero = false;
    [...four].forEach((digit, i) => {
      if (digit === "0") { zero = true; return; }
      words += (zero ? "零" : "") + DIGITS[digit] + PLACES[3 - i];
      zero = false;
    });
    return words;
  }

  function whole(number) {
    const digits = String(number);
    const padded = digits.padStart(Math.ceil(digits.length / 4) * 4, "0");
    let words = "";
    for (let i = 0; i < padded.length; i += 4) {
      const part = group(padded.slice(i, i + 4));
      const unit = GROUPS[padded.length / 4 - 1 - i / 4];
      if (part) words += part + unit;
      else if (words && !words.endsWith("零")) words += "零";
    }
    return words.replace(/^零+/, "").replace(/零+$/, "").replace(/零+/g, "零");
  }

  /** 人民币大写, as on contracts. */
  function inWords(amount) {
    const yuan = amount / 100n, jiao = Number(amount / 10n % 10n), odd = Number(amount % 10n);
    if (amount === 0n) return "人民币零元整";
    let words = yuan ? whole(yuan) + "元" : "";
    if (!jiao && !odd) return "人民币" + words + "整";
    if (jiao) words += DIGITS[jiao] + "角";
    else if (yuan) words += "零";
    if (odd) words += DIGITS[odd] + "分";
    return "人民币" + words;
  }

  /** 5000000n fen -> "50,000.00". */
  function plain(amount) {
    return String(amount / 100n).replace(/\B(?=(\d{3})+$)/g, ",") + "." + String(amount % 100n).padStart(2, "0");
  }

  /** In units of 10,000 yuan, without idle zeros: 5025000n fen -> "5.025". */
  function wan(amount) {
    const rest = String(amount % 1000000n).padStart(6, "0").replace(/0+$/, "");
    return String(amount / 1000000n).replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? "." + rest : "");
  }

  return { fen, inWords, plain, wan };
})();
