import { expect, test } from './fixtures'

test('the first account signs in and sees the sample endpoint run', async ({ signedIn, product }) => {
  await expect(signedIn).toHaveURL(new RegExp(`/${product.team}/endpoints`))
  await expect(signedIn.getByRole('link', { name: 'sample-sentiment' })).toBeVisible()
})
