/** What is behind the letters of people without a picture: each is dark enough for white. */
export const letterColours = `
  .c0 { background: #8a2f2f; }
  .c1 { background: #7a4a12; }
  .c2 { background: #5c5a12; }
  .c3 { background: #2c6b34; }
  .c4 { background: #14666b; }
  .c5 { background: #24589c; }
  .c6 { background: #5b479c; }
  .c7 { background: #8a3276; }
`;
